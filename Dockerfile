FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json ./
COPY prisma ./prisma
# The image brings Node 24 itself; the devDependency of that name is left out with the others.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
# What makes and reads backups.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client zstd age && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=install /app/node_modules ./node_modules
COPY --from=install /app/src/generated ./src/generated
COPY package.json manifest.yml ./
COPY prisma ./prisma
COPY src ./src
COPY handlers ./handlers
COPY blocks ./blocks
# The home is a volume; it takes this owner from the image.
RUN install -d -o node -g node /var/lib/mainstay
ENV MAINSTAY_HOME=/var/lib/mainstay
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
