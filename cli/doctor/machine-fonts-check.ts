import { FONT_SCRIPTS } from '#lib/checks/font-scripts.ts'
import { fontsCheck } from '#lib/checks/fonts-check.ts'
import type { Check } from '#lib/vocabulary/check.ts'
import { programAt } from '../../bin/needs.js'
import type { Platform } from '../engine/package-list.ts'
import type { Tree } from '../engine/tree-store.ts'
import { runProgram } from '../start/programs.ts'

/** Which scripts have a font on this machine, as fontconfig says. */
export async function machineFontsCheck(engineRoot: Tree | Platform | 'machine'): Promise<Check> {
  if (engineRoot !== 'machine')
    return unknown('those of LibreOffice’s own folder: its worker tells which scripts they lack')
  const program = programAt('fc-list')
  if (!program) return unknown('fontconfig is not installed, which could be asked')
  const lacking = await Promise.all(
    FONT_SCRIPTS.map(async ({ name, sample }) => {
      const pattern = `:charset=${sample.codePointAt(0)?.toString(16)}`
      return (await runProgram(program, [pattern, 'family'])).trim() === '' ? [name] : []
    }),
  )
  return fontsCheck(lacking.flat())
}

const unknown = (found: string): Check => ({
  id: 'fonts',
  state: 'unknown',
  what: 'Fonts',
  found,
  mend: null,
})
