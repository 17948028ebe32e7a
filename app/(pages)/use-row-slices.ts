import { useEffect, useReducer, useState } from 'react'
import type { Silence } from './live/job-listener.ts'
import { isSilenced } from './live/live-row-view.ts'
import { RowSlices } from './live/row-slices.ts'
import type { Row, Rows } from './live/rows.ts'

/** What one row is rendered from. */
export interface ShownRow {
  row: Row
  /** In milliseconds since 1970; it stands still for rows that show no seconds. */
  now: number
  /** Null where changes arrive or nothing is to be heard. */
  silence: Silence | null
}

/** So often a row reads the clock that shows no seconds, in milliseconds. */
export const COARSE_MS = 30_000

/** What the rows show now, by their keys: hundreds of changes at once come in slices, one each frame. */
export function useRowSlices(
  rows: Rows,
  { now, silence }: Pick<ShownRow, 'now' | 'silence'>,
): ReadonlyMap<string, ShownRow> {
  const [slices] = useState(() => new RowSlices<ShownRow>(isSame))
  const [, renderNext] = useReducer((renders: number) => renders + 1, 0)
  const coarse = now - (now % COARSE_MS)
  const { shown, isWhole } = slices.next(
    new Map(
      rows.map(row => [
        row.key,
        { row, now: isCountingDown(row) ? now : coarse, silence: isSilenced(row) ? silence : null },
      ]),
    ),
  )
  useEffect(() => {
    if (isWhole) return
    const frame = requestAnimationFrame(() => renderNext())
    return () => cancelAnimationFrame(frame)
  })
  return shown
}

/** Whether a row shows the seconds until the next attempt. */
export function isCountingDown(row: Row): boolean {
  return row.kind === 'job' && row.job.state === 'queued' && row.job.attempt > 0
}

function isSame(one: ShownRow, other: ShownRow): boolean {
  return one.row === other.row && one.now === other.now && one.silence === other.silence
}
