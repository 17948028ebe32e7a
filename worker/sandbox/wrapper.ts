/** A program that a library can start by its path and that runs LibreOffice in the sandbox. */
export interface Wrapper {
  /** The slot's folder as the library names it, and its path inside. */
  slot: string
  inside: string
  /** The command with its sandbox arguments. They expect the system call filter as file descriptor 9. */
  command: readonly string[]
  filter: string | undefined
  /** The `uid:gid` for the slot's files; undefined where that is the worker itself. */
  owner: string | undefined
  /** The files for the process's pid and its stderr. */
  pidFile: string
  errorFile: string
}

/** The wrapper's file descriptor of the filter; a shell supports only one digit. */
export const FILTER_NUMBER = 9

/**
 * The wrapper as a shell script. Every word of ours is quoted, so no path can become a command. It changes three things
 * of what the library requests: paths in the slot become paths inside; the hardened profile replaces the library's
 * empty one; stderr goes to a file, because the library treats any line with “error” in it as a failure, while
 * LibreOffice prints such warnings and converts all the same.
 */
export function wrapperScript(wrapper: Wrapper): string {
  const lines = [
    '#!/bin/sh',
    'PATH=/usr/bin:/bin',
    `slot=${quote(wrapper.slot)}`,
    'for argument; do',
    '  shift',
    '  case "$argument" in',
    '    -env:UserInstallation=*) continue ;;',
    `    "$slot"/*) argument=${quote(wrapper.inside)}"\${argument#"$slot"}" ;;`,
    '  esac',
    '  set -- "$@" "$argument"',
    'done',
    // exec keeps this pid: killing it kills the sandbox.
    `echo $$ >${quote(wrapper.pidFile)}`,
    // The library created its folders as root and closed them.
    ...(wrapper.owner ? [`chown -hR ${quote(wrapper.owner)} "$slot" || exit 125`] : []),
    `exec >/dev/null 2>${quote(wrapper.errorFile)}`,
    ...(wrapper.filter ? [`exec ${FILTER_NUMBER}<${quote(wrapper.filter)}`] : []),
    `exec /usr/bin/env -i ${wrapper.command.map(quote).join(' ')} "$@"`,
  ]
  return `${lines.join('\n')}\n`
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
