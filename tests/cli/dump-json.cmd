# One object; read it with what reads JSON here.
"$HEARSAY" --dump=json ../doc/sample.txt >"$SCRATCH/sample.json" || exit
command -v json_verify >/dev/null && { json_verify -q <"$SCRATCH/sample.json" || exit; }
tr "," "\n" <"$SCRATCH/sample.json"
