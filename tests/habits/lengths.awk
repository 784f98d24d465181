# SPDX-License-Identifier: Apache-2.0
# Prints one line per C++ file ("file LINES NAME") and per function ("function LINES NAME:LINE").
# A function is a brace block after a parameter list that is not inside another function; comments,
# strings and character literals are skipped. Enough for code that clang-format has laid out.

function begin_file() {
    if (name != "") {
        print "file", lines, name
    }
    name = FILENAME
    lines = 0
    depth = 0
    function_depth = 0
    head = ""
    raw_end = ""
    in_comment = 0
}

function open_brace() {
    ++depth
    if (function_depth == 0 &&
        head ~ /\)[ ]*((const|noexcept|override|final|mutable|&)[ ]*)*(->[^;]*)?(:[^:;][^;]*)?$/) {
        function_depth = depth
        first = lines
    }
    head = ""
}

function close_brace() {
    if (depth == function_depth) {
        print "function", lines - first + 1, name ":" first
        function_depth = 0
    }
    --depth
    head = ""
}

# The rest of the line after what starts at its head and ends with "end"; sets in_comment or raw_end
# when the end is on a later line.
function after(rest, end,    at) {
    at = index(rest, end)
    return at ? substr(rest, at + length(end)) : ""
}

function scan(rest,    c, at) {
    while (rest != "") {
        if (in_comment) {
            in_comment = index(rest, "*/") == 0
            rest = after(rest, "*/")
        } else if (raw_end != "") {
            at = raw_end
            raw_end = index(rest, at) ? "" : at
            rest = after(rest, at)
        } else if (rest ~ /^\/\//) {
            return
        } else if (rest ~ /^\/\*/) {
            in_comment = 1
            rest = substr(rest, 3)
        } else if (match(rest, /^R"[^(]*\(/)) {
            raw_end = ")" substr(rest, 3, RLENGTH - 3) "\""
            rest = substr(rest, RLENGTH + 1)
        } else if (match(rest, /^"(\\.|[^"\\])*"/) || match(rest, /^'(\\.|[^'\\])+'/)) {
            rest = substr(rest, RLENGTH + 1)
        } else {
            c = substr(rest, 1, 1)
            rest = substr(rest, 2)
            if (c == "{") {
                open_brace()
            } else if (c == "}") {
                close_brace()
            } else {
                head = (c == ";") ? "" : head c
            }
        }
    }
}

FNR == 1 { begin_file() }
{
    ++lines
    if ($0 !~ /^[ ]*#/) {  # Preprocessor lines hold no block of ours.
        scan($0)
        head = head " "
    }
}
END { begin_file() }
