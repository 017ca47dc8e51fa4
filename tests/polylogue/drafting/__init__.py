"""Laws of drafting: merging, showing, tracing and searching, over all that anybody might say."""
