import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/** The focus goes here when no row is left. */
export const CHOOSE_ID = 'choose'

interface Focused {
  element: Element
  /** The `data-row` of its row. */
  key: string
  /** The place of its row in the list. */
  index: number
}

/**
 * When a button or its row goes while it has the focus, the focus stays near: on what stands in the row’s place, or on
 * the next row, never on the whole page. Returns the listener for `onFocus` of the list.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>): (event: FocusEvent) => void {
  const last = useRef<Focused | null>(null)
  useLayoutEffect(() => {
    const lost = last.current
    if (!lost || lost.element.isConnected || document.activeElement !== document.body) return
    last.current = null
    nearest(list.current, lost)?.focus({ preventScroll: true })
  })
  return ({ target }) => {
    const row = target.closest<HTMLElement>('[data-row]')
    const key = row?.dataset.row
    last.current = row && key ? { element: target, key, index: rowsIn(list.current).indexOf(row) } : null
  }
}

function nearest(list: HTMLElement | null, { key, index }: Focused): HTMLElement | null {
  const rows = rowsIn(list)
  const row = rows.find(row => row.dataset.row === key) ?? rows[index] ?? rows.at(-1)
  return row?.querySelector<HTMLElement>('.undo button') ?? row ?? document.getElementById(CHOOSE_ID)
}

function rowsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
}
