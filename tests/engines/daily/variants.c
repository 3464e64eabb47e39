/*
 * variants DATABASE: an artist who plays as a trio and as a band.  Roles and equipment
 * belong to a variant, each project has one default, and names are identifiers.
 */
#include "daily.h"

#include "variants.h"

static struct variants_projects
make_project(struct schemac_db *db)
{
    struct variants_project_types type;
    struct variants_projects project = { .name = schemac_text("Summer tour") };

    MUST(db, variants_project_types_find_by_code(db, schemac_text("artist"), &type));
    project.project_type_id = type.id;
    MUST(db, variants_projects_insert(db, &project, VARIANTS_PROJECTS_NEW));
    return project;
}

static enum schemac_status
add_variant(struct schemac_db *db, struct schemac_uuid project, const char *name,
            const char *shown, bool is_default)
{
    struct variants_project_variants v = {
        .project_id = project,
        .variant_name = schemac_text(name),
        .display_name = schemac_text(shown),
        .is_default = { is_default, true },
    };

    return variants_project_variants_insert(
        db, &v,
        VARIANTS_PROJECT_VARIANTS_NEW | VARIANTS_PROJECT_VARIANTS_COL_IS_DEFAULT);
}

/* By the EXCLUDE constraint, or by the unique index that SQLite has for it. */
static void
refuse_second_default(struct schemac_db *db, struct schemac_uuid project)
{
    enum schemac_status status = add_variant(db, project, "duo", "Duo", true);

    HOLDS(status == SCHEMAC_UNIQUE || status == SCHEMAC_CHECK);
}

static void
add_role(struct schemac_db *db, struct schemac_uuid project, const char *variant,
         const char *rate)
{
    struct variants_roles role = { .name = schemac_text(variant) };
    struct variants_project_roles part = {
        .project_id = project,
        .variant_name = schemac_text(variant),
        .daily_rate = { 0, true },
    };

    MUST(db, variants_roles_insert(db, &role, VARIANTS_ROLES_NEW));
    part.role_id = role.id;
    HOLDS(schemac_decimal_from_text(schemac_text(rate), 2, &part.daily_rate.value));
    MUST(db, variants_project_roles_insert(
                 db, &part,
                 VARIANTS_PROJECT_ROLES_NEW | VARIANTS_PROJECT_ROLES_COL_VARIANT_NAME));
}

static int64_t
cost_of(struct schemac_db *db, struct schemac_uuid project, const char *variant)
{
    struct variants_project_roles_cursor parts;
    int64_t cents = 0;

    MUST(db, variants_project_roles_by_project_id_variant_name(
                 db, project, schemac_text(variant), &parts));
    while (variants_project_roles_next(&parts) == SCHEMAC_ROW)
        cents += parts.row.daily_rate.value;
    MUST(db, variants_project_roles_close(&parts));
    return cents;
}

static enum schemac_status
add_group(struct schemac_db *db, struct schemac_uuid project, const char *variant)
{
    struct variants_project_equipment_groups group = {
        .project_id = project,
        .name = schemac_text("Lights"),
        .variant_name = schemac_text(variant),
    };

    return variants_project_equipment_groups_insert(
        db, &group,
        VARIANTS_PROJECT_EQUIPMENT_GROUPS_NEW
            | VARIANTS_PROJECT_EQUIPMENT_GROUPS_COL_VARIANT_NAME);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    struct variants_projects project;
    struct variants_project_variants found;

    DAILY_OPEN(variants, argc, argv, &db);
    project = make_project(db);
    MUST(db, add_variant(db, project.id, "trio", "Trio", true));
    MUST(db, add_variant(db, project.id, "band", "Band", false));
    refuse_second_default(db, project.id);
    REFUSED(db, add_variant(db, project.id, "trio", "Again", false), SCHEMAC_UNIQUE);
    REFUSED(db, add_variant(db, project.id, "Not a name", "x", false), SCHEMAC_CHECK);
    add_role(db, project.id, "trio", "350.50");
    add_role(db, project.id, "band", "1200");
    HOLDS(cost_of(db, project.id, "trio") == 35050);
    HOLDS(cost_of(db, project.id, "band") == 120000);
    MUST(db, add_group(db, project.id, "trio"));
    MUST(db, add_group(db, project.id, "band"));
    REFUSED(db, add_group(db, project.id, "band"), SCHEMAC_UNIQUE);
    MUST(db, variants_project_variants_find_by_project_id_variant_name(
                 db, project.id, schemac_text("band"), &found));
    HOLDS(is_text(found.display_name, "Band") && !found.is_default.value);
    schemac_close(db);
    puts("ok");
    return 0;
}
