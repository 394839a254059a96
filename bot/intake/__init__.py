"""What comes in beside the feeds: files, folders, lists of sources, the bundled tables."""
