"""The look: base templates, components, forms, typography, the theme of a city."""
