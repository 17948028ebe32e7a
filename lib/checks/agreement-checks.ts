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
    sameOr(
      {
        ...{ id: 'secret', state: 'failed', what: 'SECRET' },
        mend: 'Set SECRET to one value on all machines; passwords of jobs cannot be read there',
      },
      { others: other, same: 'is the same for all workers' },
    ),
    sameOr(
      {
        ...{ id: 'admin-token', state: 'warning', what: 'ADMIN_TOKEN' },
        mend: 'Set ADMIN_TOKEN to one value on all machines',
      },
      { others, same: 'is the same for all workers' },
    ),
  ]
}

function engineCheck(told: readonly Told[]): Check {
  const versions = [...new Set(told.map(({ facts }) => facts.engine))].join(', ')
  const mend = 'ENGINE_ROOT=own on all machines: a folder with the same LibreOffice everywhere'
  return sameOr(
    { id: 'engine-version', state: 'warning', what: 'LibreOffice of the workers', mend },
    { others: minority(told, ({ facts }) => facts.engine), same: versions },
  )
}

function fontListCheck(told: readonly Told[]): Check {
  const families = told[0]?.facts.fonts.families ?? 0
  const mend =
    'fc-list : family | sort -u   (compare it on both machines; ENGINE_ROOT=own brings the same fonts everywhere)'
  return sameOr(
    { id: 'font-list', state: 'warning', what: 'Fonts of the workers', mend },
    {
      others: minority(told, ({ facts }) => facts.fonts.digest),
      same: `the same ${families} families everywhere`,
    },
  )
}

function scriptChecks({ worker, facts }: Told): Check[] {
  const check = fontsCheck(facts.fonts.lacking, worker)
  return check.state === 'ok' ? [] : [{ ...check, id: `fonts-of-${worker}` }]
}

/** Those that do not tell what most tell. */
function minority(told: readonly Told[], toldBy: (one: Told) => string): Told[] {
  const groups = [...Map.groupBy(told, toldBy).values()].sort((a, b) => b.length - a.length)
  return groups.slice(1).flat()
}

/** The check as it is where machines differ, or passed with what all have. */
function sameOr(
  differing: Omit<Check, 'found'>,
  { others, same }: { others: readonly Told[]; same: string },
): Check {
  if (others.length === 0) return passed(differing.id, differing.what, same)
  return { ...differing, found: `is another one on ${others.map(({ worker }) => worker).join(', ')}` }
}
