# SPDX-License-Identifier: Apache-2.0
# Completion for fish. Commands and options are asked of the program, so that none is missing here.
function __throughline_command
    for word in (commandline -opc)[2..]
        contains -- $word ask info overview plan read status update verify append
        and echo $word
        and return
    end
end
function __throughline_options
    throughline (__throughline_command) --help 2>/dev/null |
        string match -rg '^ +(?:-[a-z],)?(--[a-z-]+)'
end
function __throughline_commands
    throughline --help 2>/dev/null | sed -n '/^Subcommands:/,$ s/^  \([a-z]*\)  *\(.*\)/\1\t\2/p'
end
complete -c throughline -n 'test -z (__throughline_command)' -a '(__throughline_commands)'
complete -c throughline -n 'string match -q -- "-*" (commandline -ct)' -a '(__throughline_options)'
