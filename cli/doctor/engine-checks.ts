import type { Config } from '#lib/config.ts'
import { reasonOf } from '#lib/reason-of.ts'
import { type Check, passed } from '#lib/vocabulary/check.ts'
import { libreOfficeIsNogui, type Need, needsFor } from '../../bin/needs.js'
import type { Platform } from '../engine/package-list.ts'
import type { Tree } from '../engine/tree-store.ts'
import { aboutTree } from '../start/engine-root.ts'
import { commandFor, NOGUI_WARNING, systemOf } from '../start/system.ts'
import { libreOfficeVersion } from '../versions.ts'

/** LibreOffice with its version, and each program and font that a start needs beside it. */
export async function engineChecks(
  config: Config,
  engineRoot: Tree | Platform | 'machine',
): Promise<Check[]> {
  if (engineRoot !== 'machine') return [treeCheck(engineRoot)]
  const needs = needsFor(config.sandbox).map(need => needCheck(need))
  return [...(await Promise.all(needs)), ...noguiChecks()]
}

async function needCheck(need: Need): Promise<Check> {
  const id = `needs-${need.packages.debian?.[0] ?? need.what}`
  if (!need.there())
    return {
      id,
      state: need.optional ? 'warning' : 'failed',
      what: need.what,
      found: 'not installed',
      mend: commandFor([need], systemOf()),
    }
  if (need.what !== 'LibreOffice') return passed(id, need.what, '')
  try {
    return passed(id, need.what, await libreOfficeVersion())
  } catch (error) {
    const mend = 'soffice --version   (says why; install LibreOffice again, or set ENGINE_ROOT=own)'
    return { id, state: 'failed', what: need.what, found: `does not start: ${reasonOf(error)}`, mend }
  }
}

function noguiChecks(): Check[] {
  if (!libreOfficeIsNogui()) return []
  const [found = '', mend = null] = NOGUI_WARNING.split('\n')
  return [{ id: 'nogui', state: 'warning', what: 'LibreOffice’s dialogs', found, mend: mend?.trim() ?? null }]
}

function treeCheck(engineRoot: Tree | Platform): Check {
  const [id, what] = ['engine-tree', 'LibreOffice in its own folder']
  if ('path' in engineRoot) return passed(id, what, aboutTree(engineRoot))
  const found = 'is fetched by the next start (240 MB), without installing it'
  return { id, state: 'warning', what, found, mend: 'nightshift engine renew   (fetches it now)' }
}
