import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runWhileActive } from '#worker/run-while-active.ts'
import { type ProfileOptions, writeProfile } from '#worker/sandbox/profile.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { failureOf } from './process-failure.ts'

/** LibreOffice's exit code after it has filled a fresh profile and wants to be restarted. */
export const START_AGAIN = 81

/** How long it may be idle, in milliseconds. */
const SILENT_MS = 60_000

/**
 * Lets LibreOffice fill a hardened profile in `slot`/home by a first conversion; copies of it start at once.
 * @throws AppError `sandbox_unavailable`, `engine_crashed`, `conversion_failed`
 */
export async function makeHome(slot: string, sandbox: Sandbox, options?: ProfileOptions): Promise<void> {
  await writeProfile(join(slot, 'home', 'profile'), options)
  await writeFile(join(slot, 'first.txt'), 'Nightshift starts.\n')
  await sandbox.adopt(slot)
  const words = ['--convert-to', 'pdf', '--outdir', slot, join(slot, 'first.txt')]
  const command = [...officeCommand(slot, sandbox), ...words.map(word => sandbox.pathInside(slot, word))]
  const how = { slot, environment: sandbox.office.environment, ms: SILENT_MS }
  let ended = await runWhileActive(sandbox, command, how)
  if (ended.code === START_AGAIN) ended = await runWhileActive(sandbox, command, how)
  await access(join(slot, 'first.pdf')).catch(cause => {
    throw failureOf({ ...ended, cause })
  })
}

/** The command line of LibreOffice with the profile in `slot`/home; the caller appends arguments. */
export function officeCommand(slot: string, { office, pathInside }: Sandbox): string[] {
  const profile = pathInside(slot, join(slot, 'home', 'profile'))
  const quiet = ['--headless', '--norestore', '--nologo', '--nolockcheck', '--nofirststartwizard']
  return [office.binary, ...quiet, `-env:UserInstallation=${pathToFileURL(profile)}`]
}
