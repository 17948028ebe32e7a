/** A program that a library may start by its path and that runs LibreOffice jailed. */
export interface Wrapper {
  /** The slot's folder as the library names it, and as it is seen inside. */
  slot: string
  inside: string
  /** The command with the words that jail it. They find the system call filter open as number 9. */
  command: readonly string[]
  filter: string | undefined
  /** `uid:gid` that must own the slot's files, undefined where that is the worker itself. */
  owner: string | undefined
  /** Here the process writes its number, and here what it says on stderr. */
  pidFile: string
  errorFile: string
}

/** The number under which the wrapper holds the filter; a shell can name one digit only. */
export const FILTER_NUMBER = 9

/**
 * The wrapper as a shell script. Every word of ours is quoted, so no path can become a command. It changes three
 * things of what the library asks for: paths in the slot become paths inside; the library's own empty profile gives
 * way to the hardened one; stderr goes to a file, because the library takes any line with “error” in it as a failure
 * though LibreOffice warns that way and converts all the same.
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
    // exec keeps this number: killing it kills the sandbox.
    `echo $$ >${quote(wrapper.pidFile)}`,
    // The library made its folders as root and closed them.
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
