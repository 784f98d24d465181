# SPDX-License-Identifier: Apache-2.0
# Completion for bash. Commands and options are asked of the program, so that none is missing here.
_throughline() {
    local cur prev words cword
    _init_completion || return
    local command='' word
    for word in "${words[@]:1:cword-1}"; do
        case $word in
            --) _filedir; return ;;
            -*) ;;
            ask | info | overview | plan | read | status | update | verify | append)
                command=$word
                break
                ;;
            *) break ;;
        esac
    done
    case $prev in
        --activations) COMPREPLY=($(compgen -W 'int8 f32' -- "$cur")); return ;;
        --kv) COMPREPLY=($(compgen -W 'int8 f16' -- "$cur")); return ;;
        --second-look) COMPREPLY=($(compgen -W 'on off' -- "$cur")); return ;;
        --candidates) COMPREPLY=($(compgen -W 'read words fused' -- "$cur")); return ;;
        --model) _filedir gguf; return ;;
        --project | -o) _filedir throughline; return ;;
        --questions | --out | --password-file | --corpus) _filedir; return ;;
    esac
    if [[ $cur == -* ]]; then
        # shellcheck disable=SC2046  # One word for each option.
        COMPREPLY=($(compgen -W "$(throughline $command --help 2>/dev/null |
            grep -oE '^ +(-[a-z],)?--[a-z-]+' | grep -oE '\-\-[a-z-]+')" -- "$cur"))
        return
    fi
    case $command in
        status | update | verify) _filedir throughline ;;
        '')
            _filedir
            COMPREPLY+=($(compgen -W "$(throughline --help 2>/dev/null |
                sed -n '/^Subcommands:/,$ s/^  \([a-z]*\) .*/\1/p')" -- "$cur"))
            ;;
        *) _filedir ;;
    esac
} && complete -F _throughline throughline
