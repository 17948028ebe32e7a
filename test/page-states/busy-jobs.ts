import { randomUUID } from 'node:crypto'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { freezeOffices, runInMoments, stopOfficesOf } from '#test/offices.ts'
import type { TestInstance } from '#test/test-instance.ts'
import { newPerson, type Person } from './person.ts'
import type { JobsOf } from './prepared-jobs.ts'

/** As many as run at once. */
export const SLOTS = 2

export type Busy = 'counted' | 'running' | 'next' | 'waiting'

/**
 * Jobs that run, with slides counted, and jobs that wait. The offices are stopped for good, so that all stay as they
 * are; so these come last.
 */
export async function busyJobs(instance: TestInstance): Promise<JobsOf<Busy>> {
  const person = await newPerson(instance.url)
  const batchId = randomUUID()
  const long = async (name: string, path?: string) =>
    person.send({ name, bytes: await deck({ slides: 160 }), ...(path && { batchId, path }) })
  const offices = await stopOfficesOf(() => instance.instance().children.worker?.pid, SLOTS)
  const counted = await long('Annual meeting.pptx', 'Board/Annual meeting.pptx')
  const running = await long('Sales kick-off 2027.pptx')
  const short = async (name: string) =>
    person.send({ name, batchId, path: `Board/${name}`, bytes: await letter({ pages: 2 }) })
  const ids = {
    counted,
    running,
    next: await short('Agenda.docx'),
    waiting: await short('Minutes, draft.docx'),
  }
  let isOver = false
  const isCounted = person
    .reach(counted, ({ progress }) => (progress?.current ?? 0) > 0)
    .finally(() => {
      isOver = true
    })
  await Promise.all([isCounted, runInMoments(offices, () => isOver)])
  return { person, ids }
}

/** A job that was cancelled before it began; all others that it waited for are those of somebody else. */
export async function cancelledJob(instance: TestInstance): Promise<{ person: Person; id: string }> {
  const goOn = await freezeOffices(instance, SLOTS)
  try {
    const other = await newPerson(instance.url)
    for (let number = 0; number < SLOTS; number++)
      await other.send({ name: 'Before.pptx', bytes: await deck({ slides: 1 }) })
    const person = await newPerson(instance.url)
    const id = await person.send({ name: 'Changed my mind.pptx', bytes: await deck({ slides: 3 }) })
    await person.ask('DELETE', `/api/jobs/${id}`)
    await person.reach(id, ({ state }) => state === 'cancelled')
    return { person, id }
  } finally {
    goOn()
  }
}
