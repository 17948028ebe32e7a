import { readFileSync } from 'node:fs'

const APPARMOR = `Allow bubblewrap alone to do so: write
  abi <abi/4.0>,
  include <tunables/global>
  profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }
to /etc/apparmor.d/bwrap and run: apparmor_parser -r /etc/apparmor.d/bwrap`

const CONTAINER =
  'In a container: start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined, so that bubblewrap inside can build its own, stricter walls.'

const NO_LANDLOCK =
  'Landlock needs Linux 5.13 or later, where “landlock” is in the list of /sys/kernel/security/lsm, and a container that permits its system calls (Docker does since 23).'

/** Reads a kernel setting for user namespaces; injected for tests. */
export type Kernel = (setting: string) => string | undefined

/**
 * Explains from its stderr why a sandbox does not work here and how to fix it. For the operator: several lines, with
 * commands.
 */
export function explainProblem(stderr: string, kernel: Kernel = readSetting): string {
  const output = stderr.trim().split('\n').slice(-3).join(' ') || 'it ended without a word'
  return `The sandbox cannot be built: ${output}. ${fixFor(stderr, kernel)}`
}

function fixFor(stderr: string, kernel: Kernel): string {
  if (/setpriv/.test(stderr))
    return 'The worker is root but may not become another user: give it CAP_SETUID and CAP_SETGID, or start it as an ordinary user.'
  if (/^landlock: /m.test(stderr)) return NO_LANDLOCK
  if (/proc/.test(stderr) && /mount/i.test(stderr)) return CONTAINER
  if (kernel('kernel/apparmor_restrict_unprivileged_userns') === '1')
    return `AppArmor forbids user namespaces (Ubuntu does since 24.04). ${APPARMOR}`
  if (kernel('kernel/unprivileged_userns_clone') === '0')
    return 'User namespaces are switched off: sysctl -w kernel.unprivileged_userns_clone=1'
  if (kernel('user/max_user_namespaces') === '0')
    return 'User namespaces are switched off: sysctl -w user.max_user_namespaces=15000'
  if (/namespace|not permitted|denied|uid map/i.test(stderr)) return CONTAINER
  return 'Run `bwrap --ro-bind / / true` as the worker’s user to see it alone.'
}

function readSetting(setting: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${setting}`, 'utf8').trim()
  } catch {
    return undefined
  }
}
