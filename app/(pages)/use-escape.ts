import { useEffect } from 'react'

/** Escape closes the innermost open panel around the focus, else any that is open, and the focus goes to its title. */
export function useEscape(): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      const open = document.activeElement?.closest('details[open]') ?? document.querySelector('details[open]')
      open?.removeAttribute('open')
      open?.querySelector('summary')?.focus()
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [])
}
