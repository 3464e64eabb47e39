-- @schema odd
CREATE TABLE "a|b" (id integer PRIMARY KEY, "<b>&`c`" text, "_x_ *y* [z](u)" text);
CREATE INDEX "\|``" ON "a|b" ("<b>&`c`") WHERE "<b>&`c`" <> '```
</code></pre>';
