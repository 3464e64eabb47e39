CREATE TABLE "Notes" ("noteId" TEXT PRIMARY KEY, `dateModified` INT, gone INT);
