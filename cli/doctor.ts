import { readConfig } from '#lib/config.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import type { Check, CheckState } from '#lib/vocabulary/check.ts'
import { findChecks } from './doctor/find-checks.ts'

const MARKS: Record<CheckState, string> = { ok: '✓', warning: '!', failed: '✗', unknown: '?' }

/**
 * Prints what is installed, what is missing or wrong, and the command that mends it; as JSON with `json`. Works where
 * Nightshift never ran, and changes nothing. The exit code is 1 when a check failed.
 */
export async function doctor({ json = false }: { json?: boolean | undefined } = {}): Promise<void> {
  const config = readConfig()
  const checks = await findChecks(config, dataPathsOf(config.dataDir))
  console.log(json ? JSON.stringify({ checks }, null, 2) : textOf(checks))
  if (checks.some(({ state }) => state === 'failed')) process.exitCode = 1
}

function textOf(checks: readonly Check[]): string {
  const lines = checks.map(({ state, what, found, mend }) => {
    const line = `  ${MARKS[state]} ${what.padEnd(38)}${found}`.trimEnd()
    return mend === null || state === 'ok' ? line : `${line}\n      ${mend.replaceAll('\n', '\n      ')}`
  })
  return lines.join('\n')
}
