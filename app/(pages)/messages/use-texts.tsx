'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type Catalogue, createTexts, type Texts } from './texts.ts'

const TextsContext = createContext<Texts | null>(null)

/** Gives all components below the texts of one language. */
export function TextsProvider({ catalogue, children }: { catalogue: Catalogue; children: ReactNode }) {
  const texts = useMemo(() => createTexts(catalogue), [catalogue])
  return <TextsContext value={texts}>{children}</TextsContext>
}

/** The texts in the language of the page. @throws Error outside of `TextsProvider` */
export function useTexts(): Texts {
  const texts = useContext(TextsContext)
  if (!texts) throw new Error('no language was provided: the layout does it for all pages')
  return texts
}
