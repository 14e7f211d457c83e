# One image for migrate, web, workers and beat; `compose.yaml` says which of them a container is.
#
# TORCH_INDEX chooses where torch comes from. Empty: the ordinary index, whose wheels bring CUDA on x86-64.
# A site without a GPU saves gigabytes by naming PyTorch's index of CPU builds.
FROM python:3.11-slim-bookworm

ARG TORCH_INDEX=""

ENV PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1

# libseccomp writes the filter of the boxes. The warm templates import much of the standard library at each
# start, and the root is read-only by then: compile it once, here.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && python -m compileall -q -j 0 /usr/local/lib/python3.11 -x 'site-packages|/test/|lib2to3' \
    && groupadd --gid 10001 nabla \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin nabla

WORKDIR /app

# Torch changes least often and weighs most, so it has a layer of its own.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; \
print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requirements.txt \
    && grep '^torch==' requirements.txt > torch.txt \
    && pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} -c constraints.txt -r torch.txt
RUN pip install -c constraints.txt -r requirements.txt

COPY manage.py ./
COPY grader grader
COPY courseapp courseapp
COPY exercises exercises
COPY deploy/health.py deploy/health.py

ENV NABLA_DATA=/tmp/nabla \
    NABLA_STATIC=/app/static \
    PYTHONDONTWRITEBYTECODE=1
RUN python -m compileall -q -j 0 grader courseapp manage.py \
    && NABLA_SECRET_KEY=only-while-building python manage.py collectstatic --noinput \
    && rm -rf /tmp/nabla

USER 10001:10001
