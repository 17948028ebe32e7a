import type { WorkerStatus } from '../jobs.ts'
import { type Check, passed } from '../vocabulary/check.ts'
import { fontsCheck } from './fonts-check.ts'
import type { MachineFacts, SecretMarks } from './machine-facts.ts'

/** A worker with what it told of its machine. */
interface Told {
  worker: string
  facts: MachineFacts
}

/** Compares what the workers told with each other and with this machine's secrets, where those are known. */
export function agreementChecks(workers: readonly WorkerStatus[], own: SecretMarks | undefined): Check[] {
  const told = workers.flatMap(({ worker, activity }) =>
    activity?.machine ? [{ worker, facts: activity.machine }] : [],
  )
  if (told.length === 0) return []
  return [
    ...(own ? secretChecks(told, own) : []),
    engineCheck(told),
    fontListCheck(told),
    ...told.flatMap(scriptChecks),
  ]
}

function secretChecks(told: readonly Told[], own: SecretMarks): Check[] {
  const other = told.filter(({ facts }) => facts.marks.secret !== own.secret)
  // Its mark says nothing where SECRET differs, because that is its key.
  const others = told.filter(one => !other.includes(one) && one.facts.marks.adminToken !== own.adminToken)
  return [
    other.length === 0
      ? passed('secret', 'SECRET', 'is the same for all workers')
      : differs(
          'secret',
          'SECRET',
          other,
          'failed',
          'Set SECRET to one value on all machines; passwords of jobs cannot be read there',
        ),
    others.length === 0
      ? passed('admin-token', 'ADMIN_TOKEN', 'is the same for all workers')
      : differs(
          'admin-token',
          'ADMIN_TOKEN',
          others,
          'warning',
          'Set ADMIN_TOKEN to one value on all machines',
        ),
  ]
}

function engineCheck(told: readonly Told[]): Check {
  const other = minority(told, ({ facts }) => facts.engine)
  const versions = [...new Set(told.map(({ facts }) => facts.engine))].join(', ')
  if (other.length === 0) return passed('engine-version', 'LibreOffice of the workers', versions)
  const mend = 'ENGINE_ROOT=own on all machines: a folder with the same LibreOffice everywhere'
  return differs('engine-version', `LibreOffice (${versions})`, other, 'warning', mend)
}

function fontListCheck(told: readonly Told[]): Check {
  const other = minority(told, ({ facts }) => facts.fonts.digest)
  const [first] = told
  if (other.length === 0)
    return passed(
      'font-list',
      'Fonts of the workers',
      `the same ${first?.facts.fonts.families ?? 0} families everywhere`,
    )
  const mend =
    'fc-list : family | sort -u   (compare it on both machines; ENGINE_ROOT=own brings the same fonts everywhere)'
  return differs('font-list', 'List of fonts', other, 'warning', mend)
}

function scriptChecks({ worker, facts }: Told): Check[] {
  const check = fontsCheck(facts.fonts.lacking, worker)
  return check.state === 'ok' ? [] : [{ ...check, id: `fonts-of-${worker}` }]
}

/** Those that do not tell what most tell. */
function minority(told: readonly Told[], valueOf: (one: Told) => string): Told[] {
  const groups = [...Map.groupBy(told, valueOf).values()].sort((a, b) => b.length - a.length)
  return groups.slice(1).flat()
}

function differs(
  id: string,
  what: string,
  others: readonly Told[],
  state: 'failed' | 'warning',
  mend: string,
): Check {
  return {
    id,
    state,
    what,
    found: `is another one on ${others.map(({ worker }) => worker).join(', ')}`,
    mend,
  }
}
