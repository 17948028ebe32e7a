import { cookies, headers } from 'next/headers'
import { type PageLanguage, pageLanguageOf } from '../../page-language.ts'

/** The language in which the page that is being rendered was asked for. */
export async function requestLanguage(): Promise<PageLanguage> {
  return pageLanguageOf((await cookies()).toString(), (await headers()).get('accept-language'))
}
