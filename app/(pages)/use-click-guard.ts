import { type MouseEvent, useState } from 'react'
import { ClickGuard } from './live/click-guard.ts'

/** A handler for clicks before they reach a button; it stops those that the guard does not allow. */
export function useClickGuard(): (event: MouseEvent) => void {
  const [guard] = useState(() => new ClickGuard())
  return event => {
    const on = (event.target as Element).closest('a, button')
    const isByKeyboard = event.detail === 0
    if (!on || isByKeyboard) return
    if (guard.allows({ x: event.clientX, y: event.clientY, at: event.timeStamp, on })) return
    event.preventDefault()
    event.stopPropagation()
  }
}
