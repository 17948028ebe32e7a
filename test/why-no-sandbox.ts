import { spawnSync } from 'node:child_process'
import type { SandboxName } from '#lib/vocabulary/sandboxes.ts'

/** Asks the kernel for its version of Landlock. */
const ASK = 'exit(syscall(444, 0, 0, 1) < 1)'

const hasLandlock = spawnSync('perl', ['-e', ASK]).status === 0

/** Why tests in this sandbox do not run here; false where they do. */
export const WHY_NO_SANDBOX: Readonly<Record<SandboxName, string | false>> = {
  bwrap: false,
  landlock: !hasLandlock && 'needs a Linux with Landlock: 5.13 or newer, and not switched off',
  off: false,
}
