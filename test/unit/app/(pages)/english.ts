import { EN } from '#app/(pages)/messages/en.ts'
import { createTexts } from '#app/(pages)/messages/texts.ts'

/** What the page says in English. */
export const ENGLISH = createTexts({ language: 'en', messages: EN, names: null })
