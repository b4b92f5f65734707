#!/bin/sh
# Cuts the fonts of drawn statements from Debian's Roboto (fonts-roboto-unhinted 2:0~20170802-3, Apache-2.0) with hb-subset
# (libharfbuzz-bin 6.0.0): apt-get install fonts-roboto-unhinted libharfbuzz-bin; sh src/Reports/Fonts/cut.sh
# Other fonts draw other bytes: whoever cuts them anew counts src/Reports/Statements/Renderer.cs on.
set -eu
cd "$(dirname "$0")"
# Latin, Latin-1, Cyrillic with its supplement, and the signs that the words and numbers of statements use.
signs=20-7E,A0-AC,AE-FF,400-52F,2013,2014,2018,2019,201C,201D,201E,2026,20BD,2116,2212
for face in Regular Bold; do
    # No shaping is done: each character is one glyph, so that the tables for it would only be carried along.
    hb-subset --unicodes="$signs" --drop-tables+=GSUB,GPOS,GDEF,kern,DSIG --name-IDs='*' --no-hinting \
        --output-file="Roboto-$face.ttf" "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-$face.ttf"
done
