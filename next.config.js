const basePath = process.env.BASE_PATH ?? ''

/** @type {import('next').NextConfig} */
export default {
  distDir: '.next',
  basePath,
  // For the page's own calls, which Next does not prefix.
  env: { BASE_PATH: basePath },
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked once, by `npm test`; a build on a newcomer's machine must not pay for it again.
  typescript: { ignoreBuildErrors: true },
  // Messages are compiled before they reach the page (messages/catalogue.ts), so it needs no parser for them.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  // A page is loaded at its first request, not before the server listens.
  experimental: { preloadEntriesOnStart: false },
}
