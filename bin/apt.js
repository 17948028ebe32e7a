// @ts-check
// On a fresh machine the system's packages come beside npm's: each takes half of the time of a first start. Plain
// JavaScript for Node 18, as bin/nightshift.js is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { ended } from './child.js'
import { namesAny } from './named-settings.js'
import { NEEDS, needsFor, packagesFor, TEST_NEEDS } from './needs.js'

/** Tells the process that follows this one which apt-get to wait for. */
const handedOn = 'NIGHTSHIFT_APT_PID'
const install =
  'apt-get -qq update && exec apt-get -qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"'

/**
 * Begins to install what a command needs of the system, where it may: by apt-get, as root, for the settings that a
 * stranger has. What is still missing at its end the command itself installs, and says why where it cannot.
 * @param {string} command
 */
export function beginApt(command) {
  const packages = packagesFor(
    needsOf(command).filter(need => !need.there()),
    'debian',
  )
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`\n  … Programs: apt-get installs ${packages.length} packages once, beside those of npm`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const apt = spawn('/bin/sh', ['-c', install, 'sh', ...packages], { env, stdio: 'ignore' })
  process.env[handedOn] = String(apt.pid)
  void ended(apt)
}

/** @param {string} command */
function needsOf(command) {
  if (['test', 'bench', 'proof'].includes(command)) return [...NEEDS, ...TEST_NEEDS]
  return ['start', 'worker'].includes(command) && !choosesOtherPrograms() ? needsFor('auto') : []
}

/** Whether a setting decides what a start needs; only the configuration, which needs packages, can read it right. */
function choosesOtherPrograms() {
  return namesAny(['ENGINE_ROOT', 'SANDBOX'])
}

/** Whether an apt-get of `beginApt` still runs. */
export function aptIsRunning() {
  const pid = process.env[handedOn]
  return pid !== undefined && existsSync(join('/proc', pid))
}

/**
 * Waits for the end of that apt-get.
 * @param {AbortSignal} [signal]
 */
export async function aptEnded(signal) {
  while (aptIsRunning()) await wait(100, undefined, { signal })
  return 'installed'
}
