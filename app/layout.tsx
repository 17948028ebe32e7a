import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './(pages)/language-switch.tsx'
import { catalogueJsonOf, textsOf } from './(pages)/messages/catalogue.ts'
import { requestLanguage } from './(pages)/messages/request-language.ts'
import { TextsProvider } from './(pages)/messages/use-texts.tsx'
import { PAGE_LANGUAGES } from './page-language.ts'
import './globals.css'
import './(pages)/card.css'

const END_ID = 'end'

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: { default: 'Nightshift', template: '%s · Nightshift' },
    description: textsOf(await requestLanguage()).t('page.description'),
    // The links of jobs are secrets: they must not be sent in a Referer.
    referrer: 'same-origin',
  }
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f2' },
    { media: '(prefers-color-scheme: dark)', color: '#12141b' },
  ],
}

export default async function Layout({ children }: { children: ReactNode }) {
  const language = await requestLanguage()
  return (
    <html lang={language} dir={PAGE_LANGUAGES[language].dir}>
      <body>
        {/* The page is painted once, when all of it is there: parts of it would move what is painted already. */}
        <link rel="expect" href={`#${END_ID}`} blocking="render" />
        <TextsProvider catalogue={catalogueJsonOf(language)}>{children}</TextsProvider>
        <LanguageSwitch language={language} label={textsOf(language).t('page.language')} />
        {/* Empty, since an element counts as being there as soon as it begins. */}
        <span id={END_ID} hidden />
      </body>
    </html>
  )
}
