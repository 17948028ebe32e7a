import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import './(pages)/card.css'

export const metadata: Metadata = {
  title: { default: 'Nightshift', template: '%s · Nightshift' },
  description: 'Converts office documents on your own machine.',
  // The links of jobs are secrets: they must not be sent in a Referer.
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f2' },
    { media: '(prefers-color-scheme: dark)', color: '#12141b' },
  ],
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
