import { join } from 'node:path'
import { deck } from '#test/documents/deck.ts'
import { openEndpoints } from '../intake/endpoints.ts'
import { bareSender, formSender, memoryLoad, type Send, tusSmallSender } from '../intake/senders.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf, sideBySide } from './turns.ts'

const SMALL_BYTES = 40_000
const COUNT = 300
const SIDE_BY_SIDE = 8
/** Promised against the other clone. */
const LEAST = 2

/** Files of 40 KB up to the 202, against a bare server with an INSERT; with `against`, beside another clone. */
export async function uploadsRow({ rounds, against }: RowOptions): Promise<SpeedRow[]> {
  const ours = await openEndpoints()
  const other = against === undefined ? undefined : await openEndpoints(join(against, 'app/server.ts'))
  const load = memoryLoad(await smallDeck())
  const many = (send: Send) => () => sideBySide(SIDE_BY_SIDE, COUNT, () => send(load))
  const actions: Record<string, () => Promise<void>> = {
    bare: many(bareSender(`${ours.bareUrl}/row`)),
    form: many(formSender(ours.webUrl)),
    tus: many(tusSmallSender(ours.webUrl)),
    ...(other && {
      'other form': many(formSender(other.webUrl)),
      'other tus': many(tusSmallSender(other.webUrl)),
    }),
  }
  try {
    const times = await inTurns(rounds, actions, () => Promise.all([ours.clear(), other?.clear()]))
    return ['form', 'tus'].map(name => rowOf(name, times, other !== undefined))
  } finally {
    await ours.close()
    await other?.close()
  }
}

function rowOf(name: string, times: Record<string, number[]>, hasOther: boolean): SpeedRow {
  const measure = hasOther ? `other ${name}` : 'bare'
  const rate = (who: string) => `${who} ${((COUNT * 1000) / middleOf(times[who] ?? [])).toFixed(0)}/s`
  return {
    name: `uploads of 40 KB to the 202 by ${name}, of ${hasOther ? 'the other clone' : 'a bare server'}`,
    details: [[...new Set([name, measure, 'bare'])].map(rate).join(', ')],
    value: ratioOf(times[measure] ?? [], times[name] ?? []),
    ...(hasOther && { atLeast: LEAST }),
  }
}

async function smallDeck(): Promise<Buffer> {
  for (let slides = 1; ; slides++) {
    const bytes = await deck({ slides })
    if (bytes.length >= SMALL_BYTES) return bytes
  }
}
