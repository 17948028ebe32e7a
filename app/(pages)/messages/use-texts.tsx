'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { createTexts, type Texts } from './texts.ts'

const TextsContext = createContext<Texts | null>(null)

/**
 * Gives all components below the texts of one language. Their catalogue comes as JSON: as an object it would be taken
 * apart by React on the server and put together again in the browser, member by member.
 */
export function TextsProvider({ catalogue, children }: { catalogue: string; children: ReactNode }) {
  const texts = useMemo(() => createTexts(JSON.parse(catalogue)), [catalogue])
  return <TextsContext value={texts}>{children}</TextsContext>
}

/** The texts in the language of the page. @throws Error outside of `TextsProvider` */
export function useTexts(): Texts {
  const texts = useContext(TextsContext)
  if (!texts) throw new Error('no language was provided: the layout does it for all pages')
  return texts
}
