"""Reports as pictures: SVG files made with altair, which is an extra and is imported only when one is drawn."""
