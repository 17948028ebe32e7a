import { useEffect } from 'react'

const PRODUCT = 'Nightshift'

/** Shows how far the files are in the title of the tab; null once nothing is under way. */
export function useProgressTitle(progress: string | null): void {
  useEffect(() => {
    if (progress === null) return
    document.title = `${progress} · ${PRODUCT}`
    return () => {
      document.title = PRODUCT
    }
  }, [progress])
}
