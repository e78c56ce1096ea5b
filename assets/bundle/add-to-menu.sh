#!/bin/sh
# Tells this user's desktop about the program that lies beside this file: an entry in the menu, its icon, and the
# pattern files that it opens. "sh add-to-menu.sh --remove" takes all of it away again. Nothing else is touched.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}

refresh() {
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
}

mkdir -p "$data/applications" "$data/mime/packages"
if [ "${1:-}" = "--remove" ]; then
    rm -f "$data/applications/lifeloom.desktop" "$data/mime/packages/lifeloom-mime.xml"
    rm -f "$data"/icons/hicolor/*/apps/lifeloom.png "$data"/icons/hicolor/*/apps/lifeloom.svg
    refresh
    echo "Lifeloom is out of the menu; its folder is still at $here"
    exit 0
fi

program=$(printf '%s' "$here/lifeloom" | sed 's/[\\"$`]/\\&/g; s/%/%%/g')  # as the specification quotes an argument
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s" %%f\n' "$(printf '%s' "$program" | sed 's/\\/\\\\/g')" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$here/lifeloom.desktop" >"$data/applications/lifeloom.desktop"
cp "$here/lifeloom-mime.xml" "$data/mime/packages/lifeloom-mime.xml"
(cd "$here/icons" && find hicolor -type f) | while IFS= read -r icon; do
    mkdir -p "$data/icons/$(dirname "$icon")"
    cp "$here/icons/$icon" "$data/icons/$icon"
done
refresh
echo "Lifeloom is in the menu, and opens .rle, .cells, .lif and .mc files"
