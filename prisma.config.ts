// Without Prisma's `defineConfig`, so that its applications need not be installed.
export default { schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } }
