"""The API, version 1: everything that readers see as JSON, and drafts from programs that an editor trusts."""
