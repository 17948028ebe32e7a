import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runWhileActive } from '#worker/run-while-active.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { officeCommand } from './home.ts'

/** How long it may be idle, in milliseconds. */
const SILENT_MS = 30_000
const UNKNOWN = 'LibreOffice'

/**
 * Name and version of the LibreOffice in this sandbox, such as `LibreOffice 7.4.7.2`; without version where it prints
 * none.
 */
export async function officeName({
  sandbox,
  scratchDir,
}: {
  sandbox: Sandbox
  scratchDir: string
}): Promise<string> {
  const slot = join(scratchDir, 'name')
  await mkdir(slot, { recursive: true, mode: 0o700 })
  await sandbox.adopt(slot)
  const how = { slot, environment: sandbox.office.environment, ms: SILENT_MS }
  const command = [...officeCommand(slot, sandbox), '--version']
  const output = await runWhileActive(sandbox, command, how).catch(() => undefined)
  return /^\S*Office\S* [\d.]+/m.exec(output?.stdout ?? '')?.[0] ?? UNKNOWN
}
