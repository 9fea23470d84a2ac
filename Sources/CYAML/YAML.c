#include "CYAML.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct CYAML {
    yaml_document_t document;
};

static void say(char **reason, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    *reason = strdup(text);
}

/// libyaml's words, with the line at which they hold.
static void explain(const yaml_parser_t *parser, char **reason) {
    if (parser->error == YAML_MEMORY_ERROR)
        return;
    const char *problem = parser->problem ? parser->problem : "it cannot be read";
    if (parser->error == YAML_READER_ERROR)
        say(reason, "byte %zu: %s", parser->problem_offset + 1, problem);
    else
        say(reason, "line %zu: %s%s%s", parser->problem_mark.line + 1,
            parser->context ? parser->context : "", parser->context ? ", " : "", problem);
}

/// Whether another document begins after the first.
static int has_more(yaml_parser_t *parser, char **reason) {
    yaml_document_t next;
    if (!yaml_parser_load(parser, &next)) {
        explain(parser, reason);
        return 1;
    }
    int more = yaml_document_get_root_node(&next) != NULL;
    if (more)
        say(reason, "line %zu: a second document begins, and one is expected",
            next.start_mark.line + 1);
    yaml_document_delete(&next);
    return more;
}

static CYAML *load(yaml_parser_t *parser, char **reason) {
    CYAML *result = calloc(1, sizeof *result);
    if (!result)
        return NULL;
    if (!yaml_parser_load(parser, &result->document)) {
        explain(parser, reason);
        free(result);
        return NULL;
    }
    if (yaml_document_get_root_node(&result->document) && has_more(parser, reason)) {
        cyaml_free(result);
        return NULL;
    }
    return result;
}

CYAML *cyaml_read(const char *text, size_t length, char **reason) {
    yaml_parser_t parser;
    *reason = NULL;
    if (!yaml_parser_initialize(&parser))
        return NULL;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    CYAML *result = load(&parser, reason);
    yaml_parser_delete(&parser);
    return result;
}

/// What libyaml gives out by pointers that may write is only read here.
static const yaml_node_t *at(const CYAML *document, int number) {
    return yaml_document_get_node((yaml_document_t *)&document->document, number);
}

CYAMLNode cyaml_node(const CYAML *document, int number) {
    const yaml_node_t *node = at(document, number);
    CYAMLNode result = {.kind = CYAML_SCALAR, .text = "", .line = node->start_mark.line + 1};
    switch (node->type) {
    case YAML_SEQUENCE_NODE:
        result.kind = CYAML_SEQUENCE;
        result.count = (int)(node->data.sequence.items.top - node->data.sequence.items.start);
        break;
    case YAML_MAPPING_NODE:
        result.kind = CYAML_MAPPING;
        result.count = (int)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
        break;
    case YAML_SCALAR_NODE:
        result.text = (const char *)node->data.scalar.value;
        result.length = node->data.scalar.length;
        result.is_plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        break;
    case YAML_NO_NODE:
        break;
    }
    return result;
}

int cyaml_count(const CYAML *document) {
    return (int)(document->document.nodes.top - document->document.nodes.start);
}

int cyaml_element(const CYAML *document, int number, int place) {
    return at(document, number)->data.sequence.items.start[place];
}

int cyaml_key(const CYAML *document, int number, int place) {
    return at(document, number)->data.mapping.pairs.start[place].key;
}

int cyaml_value(const CYAML *document, int number, int place) {
    return at(document, number)->data.mapping.pairs.start[place].value;
}

void cyaml_free(CYAML *document) {
    if (!document)
        return;
    yaml_document_delete(&document->document);
    free(document);
}

void cyaml_free_reason(char *reason) { free(reason); }
