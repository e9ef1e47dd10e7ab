"$HEARSAY" --config=../config.ini.sample --check-config
