"""The search index for the browser: files on a plain web server, read by `minutebook_search/browser`.

`docs/reference/browser-index.md` describes the format byte by byte.
"""
