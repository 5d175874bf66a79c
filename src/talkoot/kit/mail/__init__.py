"""All mail leaves through the outbox: `outbox.send(…)` writes it beside the change, a job delivers it."""
