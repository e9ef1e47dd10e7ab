# What came is printed, and that it is damaged is told on standard error.
printf '<rss version="2.0"><channel><title>Harbour notes</title>\n<item><title>One</title><description>The crane stands.</description></item>\n<item><title>Two</title><descr' >"$SCRATCH/cut.xml"
"$HEARSAY" --dump=thread "$SCRATCH/cut.xml"
