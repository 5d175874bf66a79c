"""Accessible PDFs (PDF/UA-1) out of Typst templates. Call it in jobs and commands, never in a web view."""

from talkoot.kit.documents.rendering import DocumentFault, render

__all__ = ["DocumentFault", "render"]
