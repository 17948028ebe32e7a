/**
 * What keeps LibreOffice from everything but its slot: bubblewrap, with namespaces of its own; Landlock with a system
 * call filter, where no namespace may be made, as in a default container; or nothing.
 */
export const SANDBOXES = ['bwrap', 'landlock', 'off'] as const
export type SandboxName = (typeof SANDBOXES)[number]

/** The sandboxes to try for a value of SANDBOX, in this order. */
export function sandboxesFor(setting: 'auto' | SandboxName): readonly SandboxName[] {
  return setting === 'auto' ? ['bwrap', 'landlock'] : [setting]
}

/** What a hostile document could still do that has taken over LibreOffice, as sentences for the operator. */
export const NOT_COVERED: Readonly<Record<SandboxName, readonly string[]>> = {
  bwrap: ['It could use errors of the kernel in the system calls that are left.'],
  landlock: [
    'It could use errors of the kernel in the system calls that are left.',
    'It could find out whether a path exists on this machine, and size, owner and times of a file there, but not read it.',
    'It could read programs, libraries and fonts below /usr, as they are installed.',
    'A formula that prints the path of its file prints a path below DATA_DIR.',
  ],
  off: ['It could read files of this machine, reach its network and end processes of the worker’s user.'],
}
