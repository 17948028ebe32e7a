/** The texts of the dashboard in one language: beside those of the page, which it never loads. Pure. */
import { createTranslator } from 'use-intl/core'
import type { PageLanguage } from '../../page-language.ts'
import type { ADMIN_TEXTS } from './admin-catalogue.ts'
import { LOCALES, type Values } from './texts.ts'

type Subjects = typeof ADMIN_TEXTS

export type AdminKey = {
  [S in keyof Subjects & string]: `${S}.${keyof Subjects[S]['en'] & string}`
}[keyof Subjects & string]

/** Compiled by `adminCatalogueOf`. */
export interface AdminCatalogue {
  language: PageLanguage
  messages: object
}

/** A text of the dashboard. */
export type AdminText = (key: AdminKey, values?: Values) => string

export function createAdminText({ language, messages }: AdminCatalogue): AdminText {
  return createTranslator({
    locale: LOCALES[language],
    messages: messages as Record<string, never>,
    timeZone: 'UTC',
    onError: error => {
      throw error
    },
  }) as AdminText
}
