"""What can be shown of the words behind the facts: texts of sources, quotations in them, and what none lies in."""
