# Parallax as a web server. See docker-compose.yml for how it is run.
FROM python:3.12-slim-trixie AS packages

COPY requirements-production.lock /tmp/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements-production.lock


FROM python:3.12-slim-trixie

ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media

RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin parallax \
    && install -d -o parallax -g parallax /srv/media

COPY --from=packages /venv /venv
WORKDIR /app
COPY . .

# Names and compresses the static files. The settings want a key and a database; neither is used or kept.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" DATABASE_URL=postgresql://unused/unused \
    python manage.py collectstatic --no-input

USER parallax
EXPOSE 8000

# Threads wait for the database together; /dev/shm keeps a worker's sign of life off a slow disk.
CMD ["gunicorn", "apps.config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "10000", "--max-requests-jitter", "1000", "--access-logfile", "-"]
